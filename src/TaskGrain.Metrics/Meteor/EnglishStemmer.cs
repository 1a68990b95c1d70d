namespace TaskGrain.Metrics;

/// <summary>
/// The Porter2 stemmer for English (snowballstem.org/algorithms/english), in the version METEOR 1.5 carries: without
/// the later exceptions of Snowball 2 and 3. Regions R1 and R2, the steps and their names are the algorithm's own.
/// One instance serves one thread.
/// </summary>
internal sealed class EnglishStemmer
{
    // Longest suffixes first within those that end alike: a step looks at its longest matching suffix only.
    private static readonly (string Suffix, string Replacement)[] Step2Suffixes =
    [
        ("ational", "ate"),
        ("fulness", "ful"),
        ("iveness", "ive"),
        ("ization", "ize"),
        ("ousness", "ous"),
        ("biliti", "ble"),
        ("lessli", "less"),
        ("tional", "tion"),
        ("alism", "al"),
        ("aliti", "al"),
        ("ation", "ate"),
        ("entli", "ent"),
        ("fulli", "ful"),
        ("iviti", "ive"),
        ("ousli", "ous"),
        ("abli", "able"),
        ("alli", "al"),
        ("anci", "ance"),
        ("ator", "ate"),
        ("enci", "ence"),
        ("izer", "ize"),
        ("bli", "ble"),
        ("ogi", "og"),
        ("li", ""),
    ];

    private static readonly (string Suffix, string Replacement)[] Step3Suffixes =
    [
        ("ational", "ate"),
        ("tional", "tion"),
        ("alize", "al"),
        ("ative", ""),
        ("icate", "ic"),
        ("iciti", "ic"),
        ("ical", "ic"),
        ("ness", ""),
        ("ful", ""),
    ];

    private static readonly string[] Step4Suffixes =
    [
        "ement",
        "able",
        "ance",
        "ence",
        "ible",
        "ment",
        "ant",
        "ate",
        "ent",
        "ion",
        "ism",
        "iti",
        "ive",
        "ize",
        "ous",
        "al",
        "er",
        "ic",
    ];

    private char[] _letters = new char[64];
    private int _length;
    private int _r1;
    private int _r2;
    private bool _marked;

    private ReadOnlySpan<char> Word => _letters.AsSpan(0, _length);

    /// <summary>Stems a word.</summary>
    /// <param name="word">A word in lower case; other characters are kept and count as consonants.</param>
    /// <returns>Its stem; the word itself when it has at most two characters.</returns>
    public string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (Irregular(word) is { } known)
        {
            return known;
        }

        if (word.Length <= 2)
        {
            return word;
        }

        Load(word);
        FindRegions();
        RemoveApostrophe();
        RemovePlural();
        // These are words in their own right, though they look like forms of others.
        if (
            Word
            is not ("inning" or "outing" or "canning" or "herring" or "earring" or "proceed" or "exceed" or "succeed")
        )
        {
            RemovePastOrGerund();
            ReplaceFinalY();
            Step2();
            Step3();
            Step4();
            RemoveFinalEOrL();
        }

        if (_marked)
        {
            _letters.AsSpan(0, _length).Replace('Y', 'y');
        }

        return new string(_letters, 0, _length);
    }

    private static string? Irregular(string word) =>
        word switch
        {
            "skis" => "ski",
            "skies" => "sky",
            "dying" => "die",
            "lying" => "lie",
            "tying" => "tie",
            "idly" => "idl",
            "gently" => "gentl",
            "ugly" => "ugli",
            "early" => "earli",
            "only" => "onli",
            "singly" => "singl",
            "sky" or "news" or "howe" or "atlas" or "cosmos" or "bias" or "andes" => word,
            _ => null,
        };

    private static bool IsVowel(char c) => c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    /// <summary>
    /// Copies the word without a leading apostrophe; y at the start and after a vowel becomes Y, a consonant.
    /// </summary>
    private void Load(string word)
    {
        int from = word[0] == '\'' ? 1 : 0;
        _length = word.Length - from;
        if (_letters.Length < word.Length + 1)
        {
            _letters = new char[word.Length * 2];
        }

        word.AsSpan(from).CopyTo(_letters);
        _marked = false;
        for (int i = 0; i < _length; i++)
        {
            if (_letters[i] == 'y' && (i == 0 || IsVowel(_letters[i - 1])))
            {
                _letters[i] = 'Y';
                _marked = true;
            }
        }
    }

    /// <summary>R1 begins after the first consonant that follows a vowel, R2 likewise within R1.</summary>
    private void FindRegions()
    {
        _r1 = Word switch
        {
            ['g', 'e', 'n', 'e', 'r', ..] => 5,
            ['c', 'o', 'm', 'm', 'u', 'n', ..] => 6,
            ['a', 'r', 's', 'e', 'n', ..] => 5,
            _ => AfterVowelAndConsonant(0),
        };
        _r2 = AfterVowelAndConsonant(_r1);
    }

    private int AfterVowelAndConsonant(int at)
    {
        while (at < _length && !IsVowel(_letters[at]))
        {
            at++;
        }

        while (at < _length && IsVowel(_letters[at]))
        {
            at++;
        }

        return Math.Min(at + 1, _length);
    }

    /// <summary>Step 0.</summary>
    private void RemoveApostrophe()
    {
        if (Word.EndsWith("'s'"))
        {
            _length -= 3;
        }
        else if (Word.EndsWith("'s"))
        {
            _length -= 2;
        }
        else if (Word.EndsWith("'"))
        {
            _length--;
        }
    }

    /// <summary>Step 1a.</summary>
    private void RemovePlural()
    {
        if (Word.EndsWith("sses"))
        {
            _length -= 2;
        }
        else if (Word.EndsWith("ied") || Word.EndsWith("ies"))
        {
            _length -= _length > 4 ? 2 : 1;
        }
        else if (Word.EndsWith("s") && !Word.EndsWith("us") && !Word.EndsWith("ss") && HasVowel(_length - 2))
        {
            _length--;
        }
    }

    /// <summary>Step 1b.</summary>
    private void RemovePastOrGerund()
    {
        if (Ends("eedly", out int stem) || Ends("eed", out stem))
        {
            _length = stem >= _r1 ? stem + 2 : _length;
            return;
        }

        if (
            !(Ends("ingly", out stem) || Ends("edly", out stem) || Ends("ing", out stem) || Ends("ed", out stem))
            || !HasVowel(stem)
        )
        {
            return;
        }

        _length = stem;
        if (Word.EndsWith("at") || Word.EndsWith("bl") || Word.EndsWith("iz"))
        {
            _letters[_length++] = 'e';
        }
        else if (
            Word
            is [.., 'b', 'b']
                or [.., 'd', 'd']
                or [.., 'f', 'f']
                or [.., 'g', 'g']
                or [.., 'm', 'm']
                or [.., 'n', 'n']
                or [.., 'p', 'p']
                or [.., 'r', 'r']
                or [.., 't', 't']
        )
        {
            _length--;
        }
        else if (_length == _r1 && EndsInShortSyllable(_length))
        {
            _letters[_length++] = 'e';
        }
    }

    /// <summary>Step 1c.</summary>
    private void ReplaceFinalY()
    {
        if (_length > 2 && _letters[_length - 1] is 'y' or 'Y' && !IsVowel(_letters[_length - 2]))
        {
            _letters[_length - 1] = 'i';
        }
    }

    private void Step2()
    {
        foreach ((string suffix, string replacement) in Step2Suffixes)
        {
            if (Ends(suffix, out int stem))
            {
                bool allowed = suffix switch
                {
                    "ogi" => stem > 0 && _letters[stem - 1] == 'l',
                    "li" => stem > 0
                        && _letters[stem - 1] is 'c' or 'd' or 'e' or 'g' or 'h' or 'k' or 'm' or 'n' or 'r' or 't',
                    _ => true,
                };
                ReplaceInR1(stem, replacement, allowed);
                return;
            }
        }
    }

    private void Step3()
    {
        foreach ((string suffix, string replacement) in Step3Suffixes)
        {
            if (Ends(suffix, out int stem))
            {
                ReplaceInR1(stem, replacement, suffix != "ative" || stem >= _r2);
                return;
            }
        }
    }

    private void Step4()
    {
        foreach (string suffix in Step4Suffixes)
        {
            if (Ends(suffix, out int stem))
            {
                bool allowed = suffix != "ion" || (stem > 0 && _letters[stem - 1] is 's' or 't');
                _length = allowed && stem >= _r2 ? stem : _length;
                return;
            }
        }
    }

    /// <summary>Step 5.</summary>
    private void RemoveFinalEOrL()
    {
        if (Ends("e", out int stem))
        {
            if (stem >= _r2 || (stem >= _r1 && !EndsInShortSyllable(stem)))
            {
                _length = stem;
            }
        }
        else if (Ends("ll", out stem) && stem + 1 >= _r2)
        {
            _length--;
        }
    }

    private bool Ends(string suffix, out int stem)
    {
        stem = _length - suffix.Length;
        return Word.EndsWith(suffix);
    }

    private void ReplaceInR1(int stem, string replacement, bool allowed)
    {
        if (allowed && stem >= _r1)
        {
            replacement.CopyTo(_letters.AsSpan(stem));
            _length = stem + replacement.Length;
        }
    }

    private bool HasVowel(int end)
    {
        for (int i = 0; i < end; i++)
        {
            if (IsVowel(_letters[i]))
            {
                return true;
            }
        }

        return false;
    }

    private bool EndsInShortSyllable(int end)
    {
        if (end < 2 || IsVowel(_letters[end - 1]) || !IsVowel(_letters[end - 2]))
        {
            return false;
        }

        return end == 2 || (!IsVowel(_letters[end - 3]) && _letters[end - 1] is not ('w' or 'x' or 'Y'));
    }
}
