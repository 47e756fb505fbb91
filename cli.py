"""Run the command line from a checkout: `python cli.py plan FOLDER`."""

from wfm.cli import app

if __name__ == "__main__":
    app()
