"""Figures of speed and memory on a generated world: python -m benchmarks [EVENTS]."""
