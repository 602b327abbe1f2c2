"""Settings of framework-svc."""

from service_kit.settings import ServiceSettings

NAME = "framework-svc"


class Settings(ServiceSettings):
    """What framework-svc must be told; see `service_kit.settings`."""
