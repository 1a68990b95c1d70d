using System.Text;
using System.Text.Json;
using TaskGrain.Labels;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Synthesis;

/// <summary>
/// The annotation files of several folders as those of one: every clip's entry is taken over letter by letter, in the
/// order of the whole.
/// </summary>
internal sealed class OfficialLists
{
    private static readonly Split[] Splits = [Split.Train, Split.Validation, Split.Test];

    private readonly IReadOnlyDictionary<Split, string> _lists;
    private readonly string _answers;
    private readonly byte[] _labels;

    private OfficialLists(IReadOnlyDictionary<Split, string> lists, string answers, byte[] labels)
    {
        _lists = lists;
        _answers = answers;
        _labels = labels;
    }

    /// <summary>Reads the files of all parts.</summary>
    /// <param name="parts">The parts.</param>
    /// <exception cref="TaskGrainException">A file is missing, damaged or differs; or a clip is in no list.</exception>
    public static OfficialLists Read(StoreParts parts)
    {
        string[] order = [.. parts.Clips.Select(clip => clip.Id)];
        var lists = new Dictionary<Split, string>();
        int listed = 0;
        foreach (Split split in Splits)
        {
            Dictionary<string, string> entries = Entries(
                parts.Folders.Select(folder => OfficialLayout.ListPath(folder, split)),
                ReadList
            );
            lists[split] = $"[{string.Join(',', InOrder(order, entries))}]";
            listed += entries.Count;
        }

        if (listed != order.Length)
        {
            throw new TaskGrainException(
                $"{parts.Folders[0]} and others: {order.Length} clips are in the parts and {listed} in their "
                    + "annotation files; run again what makes the parts."
            );
        }

        Dictionary<string, string> answers = Entries(parts.Folders.Select(OfficialLayout.AnswersPath), ReadAnswers);
        return new OfficialLists(
            lists,
            string.Concat(InOrder(order, answers)),
            Same(parts.Folders, OfficialLayout.LabelsPath)
        );
    }

    /// <summary>The bytes of a file that all folders have.</summary>
    /// <param name="folders">The folders.</param>
    /// <param name="pathIn">The file's path in one.</param>
    /// <exception cref="TaskGrainException">It is missing in one, or not the same.</exception>
    public static byte[] Same(IReadOnlyList<string> folders, Func<string, string> pathIn)
    {
        byte[] first = Bytes(pathIn(folders[0]));
        foreach (string path in folders.Select(pathIn))
        {
            if (!Bytes(path).AsSpan().SequenceEqual(first))
            {
                throw new TaskGrainException(
                    $"{path}: differs from that of {folders[0]}; parts of one set are made with the same settings."
                );
            }
        }

        return first;
    }

    /// <summary>Writes the whole's files.</summary>
    /// <param name="folder">Where.</param>
    public void Write(string folder)
    {
        foreach (Split split in Splits)
        {
            AtomicFile.WriteText(OfficialLayout.ListPath(folder, split), _lists[split]);
        }

        AtomicFile.WriteText(OfficialLayout.AnswersPath(folder), _answers);
        AtomicFile.Write(OfficialLayout.LabelsPath(folder), stream => stream.Write(_labels));
    }

    private static IEnumerable<string> InOrder(string[] order, Dictionary<string, string> entries) =>
        order.Select(id => entries.GetValueOrDefault(id)).OfType<string>();

    private static Dictionary<string, string> Entries(
        IEnumerable<string> paths,
        Func<byte[], IEnumerable<(string Id, string Entry)>> read
    )
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in paths)
        {
            try
            {
                foreach ((string id, string entry) in read(Bytes(path)))
                {
                    entries[id] = entry;
                }
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
            {
                throw new TaskGrainException($"{path} is damaged; run again what makes the part.", fault);
            }
        }

        return entries;
    }

    private static IEnumerable<(string Id, string Entry)> ReadList(byte[] json)
    {
        using var list = JsonDocument.Parse(json);
        foreach (JsonElement entry in list.RootElement.EnumerateArray())
        {
            yield return (entry.GetProperty("id").GetString()!, entry.GetRawText());
        }
    }

    /// <summary>Lines of a clip's name, a semicolon and its category.</summary>
    private static IEnumerable<(string Id, string Entry)> ReadAnswers(byte[] text) =>
        Encoding
            .UTF8.GetString(text)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line.Split(';')[0], $"{line}\n"));

    private static byte[] Bytes(string path) =>
        File.Exists(path)
            ? File.ReadAllBytes(path)
            : throw new TaskGrainException($"{path} is missing; run again what makes the part.");
}
