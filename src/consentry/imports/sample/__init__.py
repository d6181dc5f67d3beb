"""Invented schools in the formats that real ones bring: for the demo, the tests and the benchmarks."""
