"""Whether documents and commitments fulfil what a program asks, and mending them."""
