"""Council sites to crawl over loopback, without a network.

Every page, answer and document that is made here is synthetic: its shape is that of recorded ones, its councils,
people and figures are invented. `recorded` alone replays recorded files, where the folder of them is at hand.
"""
