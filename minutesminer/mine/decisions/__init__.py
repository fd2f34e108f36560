"""Resolutions: blocks of limbs, decisions in running text, motions, movers and votes."""
