"""The support plan (支援プラン): goals, supports, verdict, evaluation, closure and what comes after."""
