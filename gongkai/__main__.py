"""`python -m gongkai`, where the command is not on the path."""

from pipeline.command import main

if __name__ == "__main__":
    main()
