"""Judging systems: how they are asked, what they hand in, scores, comparisons, the leaderboard."""
