"""Room for the Zona Integritas forms as data, and the matcher."""
