"""The demo world: a labelled re-enactment, as a Slack workspace and as rows already said.

`demo.yaml` is the source. Dates are shifted by whole weeks and wall times keep their zone.
"""
