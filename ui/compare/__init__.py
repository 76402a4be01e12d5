"""The page Compare: runs that the visitor kept in this session, and the button beside every player that keeps them."""
