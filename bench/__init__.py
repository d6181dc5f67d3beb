"""Speed, side by side: this program, a bare pass-through, and two idiomatic services, on the same data and database."""
