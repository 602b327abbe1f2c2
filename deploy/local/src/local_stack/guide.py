"""What a newcomer needs to know once the stack is ready."""

from local_stack.issuer.personas import SECRET
from local_stack.settings import StackSettings

_GUIDE = """
OpenPMM is ready. Not affiliated with or endorsed by the WCO; the demo data is synthetic.

  Dashboard          {url}/
  Sign in            {url}/auth/sign-in
  API documentation  {url}/docs

Push a KPI input of Uganda, whose submission is a draft, as its national system (a token first):

  TOKEN=$(curl -s {url}/auth/oauth2/token -d grant_type=client_credentials \\
    -d client_id=system-uga -d client_secret={secret} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')
  curl -s {url}/api/v1/cycles/{cycle}/submissions/UGA/answers \\
    -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' \\
    -d '{push}'

Read the score of Burkina Faso, which it shows to everybody:

  curl -s {url}/api/v1/scores/{cycle}/BFA

Personas (client ids; the client secret of all is {secret}, in the embedded mode only):

  secretariat                        opens cycles, accepts submissions, sees everything
  contact-<iso3>   contact-ken       contact point of a member: submits, chooses what is disclosed
  system-<iso3>    system-ken        national system of a member: pushes answers
  office-<region>  office-esa        regional office
  reviewer, reviewer-ken             peer reviewer without an assignment, and assigned to Kenya
  integrator-public, integrator-wco  read scores and events at their level
  loader                             pushes for many; exists here only

  make status   make logs   make down   make reset       Settings: OPENPMM_PORT, OPENPMM_DATA_DIR, OPENPMM_LOG_LEVEL
"""
_CYCLE = "demo-2024"
_PUSH = '{{"answers": [{{"code": "{code}", "year": {year}, "value": {value}}}]}}'


def guide(settings: StackSettings) -> str:
    """Addresses, two commands to copy, and who one can be."""
    push = _PUSH.format(code="DECLARATIONS_ELECTRONIC_IMPORT", year=2024, value=53100)
    return _GUIDE.format(url=settings.url, secret=SECRET, cycle=_CYCLE, push=push)
