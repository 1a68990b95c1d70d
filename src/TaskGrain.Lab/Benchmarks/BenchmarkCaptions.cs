using TaskGrain.Labels;
using TaskGrain.Runtime;

namespace TaskGrain.Lab.Benchmarks;

/// <summary>
/// Made-up captions for timing: Something-Something's templates filled with objects; a hypothesis is the truth with
/// words left out, exchanged, inflected or replaced, or another template. One in eight has punctuation.
/// </summary>
internal static class BenchmarkCaptions
{
    private static readonly string[] Objects =
    [
        "a red cup",
        "cup",
        "two glasses of water",
        "a pen",
        "box",
        "the wooden table",
        "pencils",
        "a small stone",
        "rock",
        "couch",
        "sofa",
        "a picture",
        "plastic bottle",
        "book",
        "shoes",
        "a piece of paper",
        "wallet",
        "toy car",
        "coin",
        "spoon",
        "knife",
        "blue bag",
        "bottle cap",
        "mobile phone",
        "remote control",
        "a ball",
        "hat",
        "jar",
        "keys",
        "a banana",
    ];

    private static readonly string[] Punctuated =
    [
        "a t-shirt",
        "someone's bag",
        "a cup, a pen",
        "the box.",
        "\"something\"",
    ];

    /// <summary>Makes captions.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Fixes them.</param>
    /// <returns>Hypothesis and one reference each, about eight words long.</returns>
    public static (string Hypothesis, string[] References)[] Make(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(_ =>
                {
                    string truth = Caption(random);
                    string hypothesis = random.NextBool(0.1) ? Caption(random) : Edit(truth, random);
                    return (hypothesis, new[] { truth });
                }),
        ];
    }

    private static string Caption(SeededRandom random)
    {
        string[] parts = random.Pick(Taxonomy.SomethingSomething.Categories).Split(['[', ']']);
        // Between the brackets stands what kind of object is meant; every odd part is one.
        return string.Concat(
            parts.Select((part, i) => i % 2 == 0 ? part : random.Pick(random.NextBool(0.0625) ? Punctuated : Objects))
        );
    }

    private static string Edit(string caption, SeededRandom random)
    {
        List<string> words = [.. caption.Split(' ')];
        for (int edits = random.NextInt(4); edits > 0 && words.Count > 2; edits--)
        {
            int at = random.NextInt(words.Count - 1);
            switch (random.NextInt(4))
            {
                case 0:
                    words.RemoveAt(at);
                    break;
                case 1:
                    (words[at], words[at + 1]) = (words[at + 1], words[at]);
                    break;
                case 2:
                    words[at] += "s";
                    break;
                default:
                    words[at] = random.Pick(Objects);
                    break;
            }
        }

        return string.Join(' ', words);
    }
}
