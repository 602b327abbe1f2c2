"""The subcommands of a service, one a module: `run(process, settings)` returns the exit code."""
