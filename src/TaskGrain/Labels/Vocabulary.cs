using System.Text.Json;
using System.Text.Json.Serialization;

namespace TaskGrain.Labels;

/// <summary>
/// The words a caption decoder knows. Built from the training split alone; words it does not hold become
/// <c>[Something]</c> (paper, Section 5.3). JSON is the plain list of words. Immutable.
/// </summary>
[JsonConverter(typeof(VocabularyJson))]
public sealed class Vocabulary
{
    /// <summary>Id of <see cref="GoWord"/>, the decoder's first input.</summary>
    public const int Go = 0;

    /// <summary>Id of <see cref="EndWord"/>, which ends a caption and fills the rest of its places.</summary>
    public const int End = 1;

    /// <summary>Id of <see cref="UnknownWord"/>, which stands for every rare word.</summary>
    public const int Unknown = 2;

    /// <summary>
    /// The first so many entries are marks and no words: <see cref="Go"/>, <see cref="End"/> and <see cref="Unknown"/>.
    /// </summary>
    public const int Marks = 3;

    /// <summary>Places of an encoded caption: 14 words, <see cref="Go"/> not counted (paper, Section 4.1).</summary>
    public const int CaptionLength = 14;

    /// <summary>The word of <see cref="Go"/>.</summary>
    public const string GoWord = "<GO>";

    /// <summary>The word of <see cref="End"/>.</summary>
    public const string EndWord = "<END>";

    /// <summary>The word of <see cref="Unknown"/>.</summary>
    public const string UnknownWord = "[Something]";

    private readonly Dictionary<string, int> _ids;

    /// <summary>Makes a vocabulary from its list of words, as kept in a model file.</summary>
    /// <param name="words">
    /// All words by id; the first three are <c>&lt;GO&gt;</c>, <c>&lt;END&gt;</c>, <c>[Something]</c>.
    /// </param>
    /// <exception cref="ArgumentException">The first three are others, or a word is there twice.</exception>
    public Vocabulary(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        if (words.Count < 3 || words[Go] != GoWord || words[End] != EndWord || words[Unknown] != UnknownWord)
        {
            throw new ArgumentException($"a vocabulary begins with {GoWord}, {EndWord}, {UnknownWord}");
        }

        Words = [.. words];
        _ids = new Dictionary<string, int>(words.Count, StringComparer.Ordinal);
        for (int id = 0; id < words.Count; id++)
        {
            if (!_ids.TryAdd(words[id], id))
            {
                throw new ArgumentException($"the word '{words[id]}' is in the vocabulary twice");
            }
        }
    }

    /// <summary>All words by id, the three special ones first, then by falling frequency.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Number of words, the special ones counted.</summary>
    public int Count => Words.Count;

    /// <summary>Builds a vocabulary from the captions of the training split.</summary>
    /// <param name="captions">The captions as words (<see cref="CaptionTargets"/>).</param>
    /// <param name="rareCount">
    /// Words that occur this often or less become <c>[Something]</c>; 5 in the paper, 0 keeps all.
    /// </param>
    /// <returns>
    /// The vocabulary; words of equal frequency in alphabetical order, so that it depends on counts alone.
    /// </returns>
    public static Vocabulary Build(IEnumerable<IReadOnlyList<string>> captions, int rareCount = 5)
    {
        ArgumentNullException.ThrowIfNull(captions);
        ArgumentOutOfRangeException.ThrowIfNegative(rareCount);
        IEnumerable<string> kept = CountWords(captions)
            .Where(entry => entry.Value > rareCount)
            .OrderByDescending(entry => entry.Value)
            .ThenBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => entry.Key);
        return new Vocabulary([GoWord, EndWord, UnknownWord, .. kept]);
    }

    /// <summary>Reads the words of a vocabulary that was written out, one a line; its marks are no words.</summary>
    /// <param name="path">A text file.</param>
    /// <returns>The words as captions are compared: in lower case, without punctuation.</returns>
    /// <exception cref="TaskGrainException">The file cannot be read.</exception>
    public static IReadOnlySet<string> ReadWords(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            RegularFile.Require(path);
            return File.ReadLines(path)
                .Where(line => line.Trim() is not (GoWord or EndWord or UnknownWord))
                .Select(Metrics.CaptionText.Clean)
                .Where(word => word.Length > 0)
                .ToHashSet(StringComparer.Ordinal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{path}: the vocabulary cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>How often each word occurs. The special words are not counted.</summary>
    /// <param name="captions">The captions as words.</param>
    /// <returns>The counts.</returns>
    public static Dictionary<string, int> CountWords(IEnumerable<IReadOnlyList<string>> captions)
    {
        ArgumentNullException.ThrowIfNull(captions);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (
            string word in captions
                .SelectMany(words => words)
                .Where(word => word is not (GoWord or EndWord or UnknownWord))
        )
        {
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
        }

        return counts;
    }

    /// <summary>The id of a word; <see cref="Unknown"/> for one that is not here.</summary>
    /// <param name="word">The word.</param>
    /// <returns>Its id.</returns>
    public int IdOf(string word) => _ids.GetValueOrDefault(word, Unknown);

    /// <summary>Whether a word has an id of its own.</summary>
    /// <param name="word">The word.</param>
    /// <returns>False when it would become <c>[Something]</c>.</returns>
    public bool Contains(string word) => _ids.ContainsKey(word);

    /// <summary>
    /// A caption as ids: cut at 14 words, filled up with <see cref="End"/>; <see cref="Go"/> is not part of it.
    /// </summary>
    /// <param name="words">The caption's words.</param>
    /// <returns>14 ids. A caption of exactly 14 words or more has no <see cref="End"/>.</returns>
    public int[] Encode(IReadOnlyList<string> words) => Encode(words, CaptionLength);

    /// <summary>A caption as ids, for a decoder of another length.</summary>
    /// <param name="words">The caption's words.</param>
    /// <param name="length">Number of ids, at least 1.</param>
    /// <returns>The ids.</returns>
    public int[] Encode(IReadOnlyList<string> words, int length)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        int[] ids = new int[length];
        for (int i = 0; i < length; i++)
        {
            ids[i] = i < words.Count ? IdOf(words[i]) : End;
        }

        return ids;
    }

    /// <summary>The words of a caption up to its first <see cref="End"/>; <see cref="Go"/> is skipped.</summary>
    /// <param name="ids">Ids as a decoder gives them.</param>
    /// <returns>The words.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not one of this vocabulary's.</exception>
    public IReadOnlyList<string> DecodeWords(ReadOnlySpan<int> ids)
    {
        var words = new List<string>(ids.Length);
        foreach (int id in ids)
        {
            if (id == End)
            {
                break;
            }

            if (id != Go)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)id, (uint)Count, nameof(ids));
                words.Add(Words[id]);
            }
        }

        return words;
    }

    /// <summary>The caption with single spaces between its words, up to its first <see cref="End"/>.</summary>
    /// <param name="ids">Ids as a decoder gives them.</param>
    /// <returns>The caption, such as <c>holding cap in front of shirt</c>.</returns>
    public string Decode(ReadOnlySpan<int> ids) => string.Join(' ', DecodeWords(ids));

    private sealed class VocabularyJson : JsonConverter<Vocabulary>
    {
        public override Vocabulary? Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => JsonSerializer.Deserialize<string[]>(ref reader, options) is { } words ? FromJson(words) : null;

        public override void Write(Utf8JsonWriter writer, Vocabulary value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Words, options);

        private static Vocabulary FromJson(string[] words)
        {
            try
            {
                return new Vocabulary(words);
            }
            catch (ArgumentException fault)
            {
                throw new JsonException(fault.Message, fault);
            }
        }
    }
}
