"""`pmm`: the entry point."""

import typer

app = typer.Typer(no_args_is_help=True, help="OpenPMM from the command line.")


@app.callback()
def start() -> None:
    """OpenPMM from the command line."""


def main() -> None:
    """Run the command line."""
    app()


if __name__ == "__main__":
    main()
