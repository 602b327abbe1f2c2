"""Settings of submission-svc."""

from service_kit.settings import ServiceSettings

NAME = "submission-svc"


class Settings(ServiceSettings):
    """What submission-svc must be told; see `service_kit.settings`."""
