"""The spine: a case, its stage, its one owner and one next step, its episodes and its plan."""
