using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using TaskGrain.Models;
using TaskGrain.Runtime.Storage;

namespace TaskGrain.Training;

/// <summary>
/// Puts a run's configuration together: a preset, over it a JSON file (comments allowed), over that single values.
/// A key that does not exist is an error that names the ones that do.
/// </summary>
public sealed class ConfigurationLayers
{
    private readonly List<(JsonObject Values, string Source)> _layers = [];
    private readonly RunConfiguration? _complete;
    private RunPreset? _preset;

    /// <summary>Begins with a preset: the one named later, else the paper's.</summary>
    public ConfigurationLayers() { }

    /// <summary>Begins with a complete configuration.</summary>
    /// <param name="complete">The configuration.</param>
    public ConfigurationLayers(RunConfiguration complete) => _complete = complete;

    /// <summary>The preset asked for; null when none was.</summary>
    public RunPreset? Preset => _complete?.Preset ?? _preset ?? PresetOfLayers();

    /// <summary>Adds the preset to begin with; wins over a preset named by a file.</summary>
    /// <param name="preset">The preset.</param>
    /// <returns>This object.</returns>
    public ConfigurationLayers WithPreset(RunPreset preset)
    {
        _preset = preset;
        return this;
    }

    /// <summary>Adds a JSON file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>This object.</returns>
    /// <exception cref="TaskGrainException">The file is missing, no JSON object, or has an unknown key.</exception>
    public ConfigurationLayers WithFile(string path)
    {
        string text;
        RegularFile.Require(path);
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TaskGrainException($"{path}: there is no such configuration file.", fault);
        }

        return WithJson(text, path);
    }

    /// <summary>Adds values as JSON text.</summary>
    /// <param name="json">An object with the form of <see cref="RunConfiguration"/>, any part of it left out.</param>
    /// <param name="source">Where it comes from, for messages.</param>
    /// <returns>This object.</returns>
    /// <exception cref="TaskGrainException">It is no JSON object, or has an unknown key.</exception>
    public ConfigurationLayers WithJson(string json, string source)
    {
        JsonNode? node;
        try
        {
            node = JsonNode.Parse(
                json,
                null,
                new JsonDocumentOptions
                {
                    CommentHandling = JsonCommentHandling.Skip,
                    AllowTrailingCommas = true,
                    AllowDuplicateProperties = false,
                }
            );
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException($"{source}: no JSON: {fault.Message}", fault);
        }

        if (node is not JsonObject values)
        {
            throw new TaskGrainException(
                $"{source}: a configuration is a JSON object, such as {{ \"training\": {{ \"epochs\": 5 }} }}."
            );
        }

        CheckKeys(values, typeof(RunConfiguration), "", source);
        _layers.Add((values, source));
        return this;
    }

    /// <summary>Adds one value.</summary>
    /// <param name="key">Its place, with dots: <c>training.batchSize</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="source">What set it, for messages, such as <c>--batch</c>.</param>
    /// <returns>This object.</returns>
    /// <exception cref="TaskGrainException">There is no such key.</exception>
    public ConfigurationLayers With(string key, JsonNode? value, string source)
    {
        ArgumentNullException.ThrowIfNull(key);
        JsonNode? node = value;
        foreach (string part in key.Split('.').Reverse())
        {
            node = new JsonObject { [part] = node };
        }

        var values = (JsonObject)node!;
        CheckKeys(values, typeof(RunConfiguration), "", source);
        _layers.Add((values, source));
        return this;
    }

    /// <summary>Adds one value written as <c>KEY=VALUE</c>; a value that is no JSON is taken as text.</summary>
    /// <param name="setting">Such as <c>training.epochs=5</c> or <c>model.architecture=M(64-64)</c>.</param>
    /// <returns>This object.</returns>
    /// <exception cref="TaskGrainException">It has another form, or there is no such key.</exception>
    public ConfigurationLayers WithSetting(string setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        int equals = setting.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1)
        {
            throw new TaskGrainException($"'{setting}' sets nothing; write KEY=VALUE, such as training.epochs=5.");
        }

        string text = setting[(equals + 1)..].Trim();
        JsonNode? value;
        try
        {
            value = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            value = JsonValue.Create(text);
        }

        return With(setting[..equals].Trim(), value, setting);
    }

    /// <summary>Adds λ's schedule.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="source">What set it, for messages.</param>
    /// <returns>This object.</returns>
    public ConfigurationLayers WithLambda(LossSchedule schedule, string source) =>
        With("training.lambda", JsonSerializer.SerializeToNode(schedule, TaskGrainJson.Strict), source);

    /// <summary>Puts the layers together.</summary>
    /// <param name="startedFrom">
    /// The model that the run starts from, or null: its encoder's sizes and its clips win over the preset's, since the
    /// weights must fit; values that a layer names win over both.
    /// </param>
    /// <returns>The configuration; not yet validated.</returns>
    /// <exception cref="TaskGrainException">A value is of the wrong kind.</exception>
    public RunConfiguration Build(ModelDescription? startedFrom = null)
    {
        RunConfiguration start = _complete ?? RunPresets.Create(Preset ?? RunPreset.Paper);
        return Over(startedFrom is null || _complete is not null ? start : start.SizedAs(startedFrom));
    }

    /// <summary>Puts the layers over the configuration of a run that goes on.</summary>
    /// <param name="stored">The run's configuration.</param>
    /// <returns>The configuration asked for; may differ in ways that the run cannot change any more.</returns>
    /// <exception cref="TaskGrainException">A value is of the wrong kind.</exception>
    internal RunConfiguration BuildOver(RunConfiguration stored) =>
        Over(_complete ?? stored) with
        {
            Preset = Preset ?? stored.Preset,
        };

    private RunConfiguration Over(RunConfiguration start)
    {
        var values = (JsonObject)JsonSerializer.SerializeToNode(start, TaskGrainJson.Strict)!;
        RunConfiguration built = start;
        foreach ((JsonObject layer, string source) in _layers)
        {
            Merge(values, layer);
            built = Read(values, source);
        }

        return built with
        {
            Preset = start.Preset,
        };
    }

    /// <summary>Writes a configuration to a file that <see cref="WithFile"/> reads.</summary>
    /// <param name="path">The file.</param>
    /// <param name="configuration">The configuration.</param>
    public static void Save(string path, RunConfiguration configuration) => JsonFile.Write(path, configuration);

    private static RunConfiguration Read(JsonObject values, string source)
    {
        try
        {
            return values.Deserialize<RunConfiguration>(TaskGrainJson.Strict)!;
        }
        catch (JsonException fault)
        {
            string key = fault.Path is { Length: > 2 } path ? $"'{path[2..]}'" : "the configuration";
            throw new TaskGrainException(
                $"{source}: {key} has a value that cannot be: {FirstSentence(fault.Message)}",
                fault
            );
        }
    }

    private static string FirstSentence(string message)
    {
        int end = message.IndexOf(" Path:", StringComparison.Ordinal);
        return end > 0 ? message[..end] : message;
    }

    private static void Merge(JsonObject under, JsonObject over)
    {
        foreach ((string key, JsonNode? value) in over)
        {
            if (value is JsonObject inner && under[key] is JsonObject place)
            {
                Merge(place, inner);
            }
            else
            {
                under[key] = value?.DeepClone();
            }
        }
    }

    private static void CheckKeys(JsonObject values, Type type, string prefix, string source)
    {
        // A property that is not written has neither getter nor setter here.
        JsonPropertyInfo[] known =
        [
            .. TaskGrainJson
                .Strict.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type)
                .Properties.Where(p => p.Get is not null || p.Set is not null),
        ];
        foreach ((string key, JsonNode? value) in values)
        {
            JsonPropertyInfo? property = known.FirstOrDefault(p => p.Name == key);
            if (property is null)
            {
                string place = prefix.Length == 0 ? "" : $" in '{prefix[..^1]}'";
                throw new TaskGrainException(
                    known.Length == 0
                        ? $"{source}: '{prefix[..^1]}' is a single value and has no key '{key}'."
                        : $"{source}: unknown key '{prefix}{key}'; valid{place} are "
                            + $"{string.Join(", ", known.Select(p => p.Name))}."
                );
            }

            if (value is JsonObject inner)
            {
                CheckKeys(inner, property.PropertyType, $"{prefix}{key}.", source);
            }
        }
    }

    private RunPreset? PresetOfLayers()
    {
        JsonNode? named = _layers.Select(layer => layer.Values["preset"]).LastOrDefault(node => node is not null);
        try
        {
            return named?.Deserialize<RunPreset>(TaskGrainJson.Strict);
        }
        catch (JsonException fault)
        {
            throw new TaskGrainException(
                $"there is no preset {named!.ToJsonString()}; there are "
                    + $"{string.Join(", ", Enum.GetNames<RunPreset>().Select(name => name.ToLowerInvariant()))}.",
                fault
            );
        }
    }
}
