"""Settings of submission-svc."""

from service_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    """What submission-svc must be told; see `service_kit.settings`."""
