"""« Mes badges »: held, asked for, told, shown to others and taken back."""
