using System.Text;

namespace TaskGrain.Metrics;

/// <summary>Captions in text files, one a line.</summary>
internal static class CaptionTextFiles
{
    public static CaptionCorpus Read(IReadOnlyList<string> referenceFiles, string hypothesisFile)
    {
        string[] hypotheses = Lines(hypothesisFile);
        var references = new List<string>[hypotheses.Length];
        foreach (string file in referenceFiles)
        {
            string[] lines = Lines(file);
            if (lines.Length != hypotheses.Length)
            {
                throw new TaskGrainException(
                    $"{file} has {lines.Length} lines, {hypothesisFile} has {hypotheses.Length}: line by line they "
                        + $"must belong together."
                );
            }

            for (int i = 0; i < lines.Length; i++)
            {
                (references[i] ??= []).AddRange(SplitLine(lines[i]));
            }
        }

        if (hypotheses.Length == 0)
        {
            throw new TaskGrainException($"{hypothesisFile}: the file is empty; it should have one caption a line.");
        }

        string[] ids = [.. Enumerable.Range(1, hypotheses.Length).Select(n => $"{n}")];
        return new CaptionCorpus(ids, hypotheses, references);
    }

    private static string[] SplitLine(string line)
    {
        string[] parts = line.Split('\t', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 ? parts : [""];
    }

    private static string[] Lines(string path)
    {
        string text = ReadText(path);
        if (text.Length == 0)
        {
            return [];
        }

        // The last line feed ends the last line; it does not begin another.
        string[] lines = text.Split('\n');
        int count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        return [.. lines.Take(count).Select(line => line.EndsWith('\r') ? line[..^1] : line)];
    }

    private static string ReadText(string path)
    {
        RegularFile.Require(path);
        try
        {
            ReadOnlySpan<byte> bytes = TextFile.ReadUtf8(path);
            int bad = System.Text.Unicode.Utf8.IsValid(bytes) ? -1 : FirstInvalid(bytes);
            return bad < 0
                ? Encoding.UTF8.GetString(bytes)
                : throw new TaskGrainException(
                    $"{path}, line {bytes[..bad].Count((byte)'\n') + 1}: not UTF-8; convert the file first."
                );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{path}: the captions cannot be read: {fault.Message}", fault);
        }
    }

    private static int FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            at += length;
        }

        return at;
    }
}
