"""Addresses, clients and frames, as HTTP knows them."""
