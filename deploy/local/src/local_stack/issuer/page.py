"""The sign-in page for browsers: plain HTML, a list of personas, no script."""

from collections.abc import Iterable
from html import escape

from local_stack.issuer.personas import Persona

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Sign in - OpenPMM (embedded mode)</title>
<link rel="icon" href="data:,">
<style>
body {{ font: 1.1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 36rem; padding: 0 1rem; color: #1b1f24;
  background: #fff; }}
label {{ display: block; font-weight: 600; margin-bottom: .3rem; }}
input, button {{ font: inherit; padding: .5rem .7rem; border: 1px solid #57606a; border-radius: 4px; }}
input {{ width: 100%; box-sizing: border-box; }}
button {{ margin-top: 1rem; background: #0b4f8a; color: #fff; border-color: #0b4f8a; cursor: pointer; }}
button.plain {{ background: #fff; color: #0b4f8a; }}
:focus-visible {{ outline: 3px solid #c2410c; outline-offset: 2px; }}
.note {{ border-left: 4px solid #c2410c; padding: .3rem 1rem; background: #fff7ed; }}
.error {{ border-left: 4px solid #b91c1c; padding: .3rem 1rem; background: #fef2f2; }}
</style>
</head>
<body>
<main>
<h1>Sign in</h1>
<p class="note">This page exists in the embedded mode only. It asks for no password: choose who you want to be.
In production your organisation's identity provider signs you in.</p>
{error}
<form method="post" action="/auth/sign-in">
<label for="client_id">Persona</label>
<input id="client_id" name="client_id" list="personas" autocomplete="off" required autofocus
  aria-describedby="hint" value="{value}">
<p id="hint">Type a part of a name or client id, for example <code>secretariat</code>, <code>contact-ken</code>
or <code>office-esa</code>.</p>
<datalist id="personas">
{options}
</datalist>
<button type="submit">Sign in</button>
</form>
<form method="post" action="/auth/sign-out"><button type="submit" class="plain">Sign out</button></form>
<p><a href="/">Back to the start page</a></p>
</main>
</body>
</html>
"""


def sign_in_page(personas: Iterable[Persona], error: str = "", value: str = "") -> str:
    """The whole page; the error is announced to screen readers."""
    options = "\n".join(
        f'<option value="{escape(persona.client_id)}">{escape(persona.label)}</option>' for persona in personas
    )
    alert = f'<p class="error" role="alert">{escape(error)}</p>' if error else ""
    return _PAGE.format(options=options, error=alert, value=escape(value))
