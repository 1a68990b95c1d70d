using System.Globalization;

namespace TaskGrain.Runtime.Storage;

/// <summary>
/// One of the parts in which several machines make a store: of clips numbered from 0, part <c>I/N</c> has I − 1, then
/// every N-th. Neighbours, which are often of one class or one length, so lie in different parts, and a list that
/// grows at its end gives every part its share.
/// </summary>
/// <param name="Number">Which part, from 1.</param>
/// <param name="Of">How many there are.</param>
internal readonly record struct StorePart(int Number, int Of)
{
    /// <summary>More parts than any job array has.</summary>
    public const int Most = 100_000;

    /// <summary>Reads <c>I/N</c>.</summary>
    /// <param name="word">Such as <c>2/16</c>.</param>
    /// <exception cref="TaskGrainException">It is none.</exception>
    public static StorePart Parse(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        string[] numbers = word.Split('/');
        return
            numbers.Length == 2
            && Read(numbers[0]) is { } number
            && Read(numbers[1]) is { } of
            && number >= 1
            && number <= of
            && of <= Most
            ? new StorePart(number, of)
            : throw new TaskGrainException("give a part and their number, 1/16 to 16/16 for sixteen parts.");
    }

    /// <summary>The part's places in a list.</summary>
    /// <param name="count">The list's length.</param>
    public int[] PlacesIn(int count)
    {
        (int first, int step) = (Number - 1, Of);
        return [.. Enumerable.Range(0, CountIn(count)).Select(i => first + (i * step))];
    }

    /// <summary>The part of a list.</summary>
    /// <param name="list">All clips.</param>
    public T[] Take<T>(IReadOnlyList<T> list) => [.. PlacesIn(list.Count).Select(place => list[place])];

    /// <summary>How many of so many clips are in the part.</summary>
    /// <param name="count">All clips.</param>
    public int CountIn(int count) => (int)(((long)count - Number + Of) / Of);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}/{Of}");

    private static int? Read(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
