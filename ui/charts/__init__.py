"""Charts that pages draw beside the player: pure functions from data to Altair."""
