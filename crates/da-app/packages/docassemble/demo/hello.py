# do not pre-load
"""A program that says hello, for `run_python_module`."""

print("Hello, world!")
