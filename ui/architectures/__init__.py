"""The pages of the group Architectures: lesson and lab behind one switch, and the labs."""
