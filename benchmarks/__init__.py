"""Measuring the pages under the production server, beside a floor that is measured in the same run."""
