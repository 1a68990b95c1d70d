// Compiles src/TaskGrain/Labels/Resources/parts-of-speech.txt from WordNet 3.0, for the choice of an object's noun.
// Run from the repository's root:  dotnet run tools/parts-of-speech.cs -- /usr/share/wordnet  (Debian: wordnet-base)
//
// The list says what the noun finder cannot guess from a word's ending: words that are never nouns, words that are
// nouns less often than something else, and nouns that end like a participle or an adjective.
using System.Text.RegularExpressions;

string wordnet = args.Length > 0 ? args[0] : "/usr/share/wordnet";
string target = args.Length > 1 ? args[1] : "src/TaskGrain/Labels/Resources/parts-of-speech.txt";
string[] endings = ["ed", "ing", "ly", "less", "ous", "able", "ible", "ful", "ish"];

// Numbers of WordNet's lexicographer files of things one can hold or film:
// animal, artifact, body, food, object, plant, shape, substance.
HashSet<int> physicalFiles = [5, 6, 8, 13, 17, 20, 25, 27];

HashSet<string> nouns = Index("noun"),
    adjectives = Index("adj"),
    adverbs = Index("adv"),
    verbs = Index("verb");
var nounCounts = new Dictionary<string, int>();
var modifierCounts = new Dictionary<string, int>();
var physical = new HashSet<string>();
foreach (string line in File.ReadLines(Path.Combine(wordnet, "cntlist.rev")))
{
    // lemma%type:file:..., sense number, count of the sense in the tagged corpus
    string[] fields = line.Split(' ');
    string[] key = fields[0].Split('%');
    Dictionary<string, int>? counts = key[1][0] switch
    {
        '1' => nounCounts,
        '3' or '4' or '5' => modifierCounts,
        _ => null,
    };
    if (counts is not null)
    {
        counts[key[0]] = counts.GetValueOrDefault(key[0]) + int.Parse(fields[2]);
    }
}

foreach (string line in File.ReadLines(Path.Combine(wordnet, "data.noun")).Where(line => !line.StartsWith(' ')))
{
    // offset, file number, type, number of words (hexadecimal), word, lexical id, word, ...
    string[] fields = line.Split(' ');
    if (physicalFiles.Contains(int.Parse(fields[1])))
    {
        int words = Convert.ToInt32(fields[3], 16);
        physical.UnionWith(Enumerable.Range(0, words).Select(i => fields[4 + (2 * i)].ToLowerInvariant()));
    }
}

bool HasTellingEnding(string word) => endings.Any(ending => word.EndsWith(ending, StringComparison.Ordinal));
bool ModifierFirst(string word) => modifierCounts.GetValueOrDefault(word) > nounCounts.GetValueOrDefault(word);

IEnumerable<string> participles = File.ReadLines(Path.Combine(wordnet, "verb.exc")).Select(line => line.Split(' ')[0]);
string[] never = Sorted(
    adjectives.Union(adverbs).Union(participles).Where(word => !nouns.Contains(word) && !HasTellingEnding(word))
);
string[] rarely = Sorted(
    nouns.Where(word => ModifierFirst(word) && (adjectives.Contains(word) || adverbs.Contains(word)))
);
string[] despite = Sorted(
    nouns.Where(word =>
        HasTellingEnding(word) && !ModifierFirst(word) && (physical.Contains(word) || !IsVerbForm(word))
    )
);

using var writer = new StreamWriter(target) { NewLine = "\n" };
writer.WriteLine("# Compiled by tools/parts-of-speech.cs from WordNet 3.0, Copyright 2006 by Princeton University.");
writer.WriteLine("# All rights reserved. See wordnet-license.txt.");
Section("never a noun", never);
Section("a noun less often than something else", rarely);
Section("a noun despite its ending", despite);
Console.WriteLine($"{target}: {never.Length} never, {rarely.Length} rarely, {despite.Length} despite");

HashSet<string> Index(string part) =>
    [
        .. File.ReadLines(Path.Combine(wordnet, $"index.{part}"))
            .Where(line => !line.StartsWith(' '))
            .Select(line => line.Split(' ')[0]),
    ];

bool IsVerbForm(string word)
{
    if (!word.EndsWith("ing") && !word.EndsWith("ed"))
    {
        return false;
    }

    string stem = word.EndsWith("ing") ? word[..^3] : word[..^2];
    bool doubled = stem.Length > 2 && stem[^1] == stem[^2];
    return verbs.Contains(stem) || verbs.Contains(stem + "e") || (doubled && verbs.Contains(stem[..^1]));
}

static string[] Sorted(IEnumerable<string> words) =>
    [.. words.Where(word => Regex.IsMatch(word, "^[a-z]{2,}$")).Distinct().Order(StringComparer.Ordinal)];

void Section(string title, string[] words)
{
    writer.WriteLine($"[{title}]");
    foreach (string[] line in words.Chunk(12))
    {
        writer.WriteLine(string.Join(' ', line));
    }
}
