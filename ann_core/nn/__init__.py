"""Networks: layers, activations, losses, optimisers, parameters."""
