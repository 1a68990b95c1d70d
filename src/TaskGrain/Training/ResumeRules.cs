using System.Text.Json;
using System.Text.Json.Nodes;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Training;

/// <summary>What may change when a run goes on: how long it goes and what it runs on, not what it computes.</summary>
internal static class ResumeRules
{
    private static readonly string[] Changeable =
    [
        "training.epochs",
        "training.stopPatience",
        "training.checkpointMinutes",
        "training.checkpointSteps",
        "training.loaderThreads",
        "machine.device",
        "machine.threads",
        "machine.precision",
    ];

    /// <summary>Refuses changes that would make it another run.</summary>
    /// <exception cref="TaskGrainException">Names every such value, old and new.</exception>
    public static void Check(RunConfiguration stored, RunConfiguration asked, string folder)
    {
        var differences = new List<string>();
        Compare(Json(stored), Json(asked), "", differences);
        if (differences.Count > 0)
        {
            throw new TaskGrainException(
                $"The run in {folder} cannot go on with another configuration: {string.Join("; ", differences)}. "
                    + $"Leave these values out, or start a new run. May change: {string.Join(", ", Changeable)}."
            );
        }
    }

    private static JsonObject Json(RunConfiguration configuration) =>
        (JsonObject)JsonSerializer.SerializeToNode(configuration, TaskGrainJson.Strict)!;

    private static void Compare(JsonObject stored, JsonObject asked, string prefix, List<string> differences)
    {
        foreach ((string key, JsonNode? before) in stored)
        {
            string place = prefix + key;
            JsonNode? now = asked[key];
            if (before is JsonObject a && now is JsonObject b)
            {
                Compare(a, b, place + ".", differences);
            }
            else if (!JsonNode.DeepEquals(before, now) && !Changeable.Contains(place, StringComparer.Ordinal))
            {
                differences.Add(
                    $"{place} was {before?.ToJsonString() ?? "null"} and would be {now?.ToJsonString() ?? "null"}"
                );
            }
        }
    }
}
