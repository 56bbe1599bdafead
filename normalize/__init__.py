"""What it means: printed text turned into typed, canonical values. Pure functions; the knowledge lies in `data/`."""
