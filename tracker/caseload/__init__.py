"""The supervisor's view over a team's open cases: numbers that lead to the cases behind them."""
