"""Speed and weight of kamgen as ratios, measured in one run against the tools that it stands beside."""
