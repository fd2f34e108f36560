"""The commands of the command line, each in the module that `minutesminer.cli` names."""
