using System.Text.Json;

namespace TaskGrain.Runtime.Storage;

/// <summary>A record in a JSON file of its own, which people may read.</summary>
internal static class JsonFile
{
    /// <summary>Reads a record.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="what">What it holds, for the message, such as <c>a measurement</c>.</param>
    /// <returns>The record.</returns>
    /// <exception cref="TaskGrainException">The file is missing, cannot be read, or holds something else.</exception>
    public static T Read<T>(string path, string what)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllText(path), TaskGrainJson.Readable)
                ?? throw new JsonException("it is empty");
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException(
                $"{path}: not {what}, damaged, or of another version ({fault.Explain()}).",
                fault
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new TaskGrainException($"{path}: {what} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>
    /// Reads what can be made again: null where there is none, or one that is damaged or of another version.
    /// </summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="path">The file.</param>
    public static T? ReadKnown<T>(string path)
        where T : class
    {
        try
        {
            return File.Exists(path)
                ? JsonSerializer.Deserialize<T>(File.ReadAllText(path), TaskGrainJson.Readable)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes a record, whole or not at all, into a folder that is made where it is missing.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="record">The record.</param>
    public static void Write<T>(string path, T record) =>
        AtomicFile.WriteText(path, JsonSerializer.Serialize(record, TaskGrainJson.Readable) + "\n");
}
