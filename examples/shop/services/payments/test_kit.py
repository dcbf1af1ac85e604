"""What the settings mean. The same file in every Python service."""
import os
import unittest

import kit


class Settings(unittest.TestCase):
    def test_a_duration_is_seconds(self):
        for text, seconds in (("800ms", 0.8), ("2s", 2), ("1.5m", 90)):
            self.assertAlmostEqual(kit.seconds("UNSET", text), seconds)

    def test_a_secret_comes_as_a_file(self):
        os.environ["SECRET_FILE"] = __file__
        self.assertIn("What the settings mean", kit.setting("SECRET"))
        self.assertEqual(kit.setting("UNSET", "other"), "other")


if __name__ == "__main__":
    unittest.main()
