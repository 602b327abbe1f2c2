"""Settings of scoring-svc."""

from service_kit.settings import ServiceSettings

NAME = "scoring-svc"


class Settings(ServiceSettings):
    """What scoring-svc must be told; see `service_kit.settings`."""
