"""Generation requests, their stages and cost, and preference votes. Knows a price, but posts no money."""
