"""The issuer's HTTP application: token endpoint, key set, discovery, sign-in and sign-out."""

from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse

from local_stack.issuer.forms import credentials, read_form
from local_stack.issuer.keys import public_jwk
from local_stack.issuer.page import sign_in_page
from local_stack.issuer.personas import PUSH, SECRET, SUBMIT, Persona
from local_stack.issuer.tokens import Mint, TokenError, granted_scopes, lifetime

COOKIE = "openpmm_token"
_SESSION_SECONDS = 8 * 3600
_NO_STORE = {"cache-control": "no-store"}


def create_app(mint: Mint, personas: dict[str, Persona]) -> FastAPI:
    """Build the application; everything lies below /auth, as it does behind the gateway."""
    app = FastAPI(title="OpenPMM local issuer", openapi_url=None, docs_url=None, redoc_url=None)
    app.add_exception_handler(TokenError, _oauth_error)
    _add_metadata(app, mint)
    _add_token_endpoint(app, mint, personas)
    _add_sign_in(app, mint, personas)
    return app


def _add_metadata(app: FastAPI, mint: Mint) -> None:
    @app.get("/health/live")
    @app.get("/health/ready")
    async def ready() -> dict[str, str]:
        return {"status": "ready"}

    @app.get("/auth/.well-known/jwks.json")
    async def key_set() -> dict[str, Any]:
        return {"keys": [public_jwk(mint.key)]}

    @app.get("/auth/.well-known/openid-configuration")
    async def discovery() -> dict[str, Any]:
        return {
            "issuer": mint.issuer,
            "token_endpoint": f"{mint.issuer}/oauth2/token",
            "jwks_uri": f"{mint.issuer}/.well-known/jwks.json",
            "grant_types_supported": ["client_credentials"],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "subject_types_supported": ["public"],
            "scopes_supported": [PUSH, SUBMIT],
        }


def _add_token_endpoint(app: FastAPI, mint: Mint, personas: dict[str, Persona]) -> None:
    @app.post("/auth/oauth2/token")
    async def token(request: Request) -> JSONResponse:
        form = await read_form(request)
        if form.get("grant_type") != "client_credentials":
            raise TokenError("unsupported_grant_type", "Send grant_type=client_credentials.")
        client_id, secret = credentials(request, form)
        persona = personas.get(client_id)
        if persona is None or secret != SECRET:
            raise TokenError("invalid_client", "Unknown client id or wrong client secret.")
        scopes, seconds = granted_scopes(persona, form.get("scope")), lifetime(form.get("expires_in"))
        answer = {
            "access_token": mint.token(persona, scopes, seconds),
            "token_type": "Bearer",
            "expires_in": seconds,
            "scope": " ".join(scopes),
        }
        return JSONResponse(answer, headers=_NO_STORE)


def _add_sign_in(app: FastAPI, mint: Mint, personas: dict[str, Persona]) -> None:
    @app.get("/auth/sign-in")
    async def page() -> HTMLResponse:
        return HTMLResponse(sign_in_page(personas.values()), headers=_NO_STORE)

    @app.post("/auth/sign-in")
    async def sign_in(request: Request) -> Response:
        if not _same_site(request):
            return HTMLResponse(sign_in_page(personas.values(), "Sign in from this page."), status_code=403)
        client_id = (await read_form(request)).get("client_id", "").strip()
        persona = personas.get(client_id)
        if persona is None:
            error = "There is no persona with this client id. Choose one from the list."
            return HTMLResponse(sign_in_page(personas.values(), error, client_id), status_code=422)
        answer = RedirectResponse("/", status_code=303, headers=_NO_STORE)
        value = mint.token(persona, persona.default_scopes, _SESSION_SECONDS)
        answer.set_cookie(COOKIE, value, max_age=_SESSION_SECONDS, httponly=True, samesite="lax", path="/")
        return answer

    @app.post("/auth/sign-out")
    async def sign_out() -> RedirectResponse:
        answer = RedirectResponse("/", status_code=303, headers=_NO_STORE)
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax", path="/")
        return answer


def _same_site(request: Request) -> bool:
    """Browsers say where a form comes from; another site must not sign our visitors in."""
    origin = request.headers.get("origin")
    if origin is None:
        return True
    try:
        return urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:
        return False


async def _oauth_error(request: Request, error: Exception) -> JSONResponse:
    code = error.code if isinstance(error, TokenError) else "server_error"
    headers = {**_NO_STORE, **({"www-authenticate": "Basic"} if code == "invalid_client" else {})}
    body = {"error": code, "error_description": str(error)}
    return JSONResponse(body, status_code=401 if code == "invalid_client" else 400, headers=headers)
