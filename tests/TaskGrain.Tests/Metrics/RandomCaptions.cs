using TaskGrain.Runtime;

namespace TaskGrain.Tests.Metrics;

/// <summary>Captions of few different words, so that they repeat words and overlap with one another.</summary>
internal static class RandomCaptions
{
    public static string Make(SeededRandom random, int longest, params string[] words)
    {
        int length = random.NextInt(longest + 1);
        return string.Join(' ', Enumerable.Range(0, length).Select(_ => random.Pick(words)));
    }
}
