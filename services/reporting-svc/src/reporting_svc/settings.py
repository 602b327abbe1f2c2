"""Settings of reporting-svc."""

from service_kit.settings import ServiceSettings


class Settings(ServiceSettings):
    """What reporting-svc must be told; see `service_kit.settings`."""
