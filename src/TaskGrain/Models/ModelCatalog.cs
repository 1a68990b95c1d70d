namespace TaskGrain.Models;

/// <summary>A model that comes with the program.</summary>
/// <param name="Name">What it is called, such as <c>base</c>: the name of its folder.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Title">First heading of its card.</param>
/// <param name="Summary">First paragraph of its card, on one line.</param>
public sealed record ShippedModel(string Name, string Folder, string Title, string Summary)
{
    /// <summary>Name of the weights in a model's folder.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>Name of the card in a model's folder.</summary>
    public const string CardFile = "README.md";

    /// <summary>The weights, with everything it takes to use them.</summary>
    public string Weights => Path.Combine(Folder, WeightsFile);

    /// <summary>The whole card: what the model was trained on, what it can and cannot do, how well.</summary>
    /// <returns>Markdown; empty for a model without a card.</returns>
    public string Card()
    {
        string card = Path.Combine(Folder, CardFile);
        return File.Exists(card) ? File.ReadAllText(card) : "";
    }
}

/// <summary>
/// The models that come with the program, one folder each with weights and a card. A name such as <c>base</c> stands
/// for its weights wherever a model file is taken; replacing the folder replaces the model.
/// </summary>
public sealed class ModelCatalog
{
    /// <summary>Environment variable naming another folder of models.</summary>
    public const string Variable = "TASKGRAIN_MODELS";

    /// <summary>The model that stands in where none is named.</summary>
    public const string DefaultName = "base";

    private readonly string _folder;

    /// <summary>A catalogue of a folder.</summary>
    /// <param name="folder">One subfolder a model; it may be missing, and the catalogue is empty then.</param>
    public ModelCatalog(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        _folder = Path.GetFullPath(folder);
    }

    /// <summary>The catalogue beside the program: <c>models</c>, or what <see cref="Variable"/> names.</summary>
    /// <returns>The catalogue.</returns>
    public static ModelCatalog Installed() =>
        new(
            Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen
                ? chosen
                : Path.Combine(AppContext.BaseDirectory, "models")
        );

    /// <summary>The models there are, by name.</summary>
    /// <returns>Those folders that hold weights.</returns>
    public IReadOnlyList<ShippedModel> Models() =>
        Directory.Exists(_folder)
            ?
            [
                .. Directory
                    .EnumerateDirectories(_folder)
                    .Where(folder => File.Exists(Path.Combine(folder, ShippedModel.WeightsFile)))
                    .Order(StringComparer.Ordinal)
                    .Select(Describe),
            ]
            : [];

    /// <summary>The weights that a name or a path stands for.</summary>
    /// <param name="nameOrPath">A model's name, or the path of a model file.</param>
    /// <returns>
    /// The weights of the model of that name; or the path as it is, when a file of that path is there or no model has
    /// the name.
    /// </returns>
    public string Resolve(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        return !File.Exists(nameOrPath) && Find(nameOrPath) is { } model ? model.Weights : nameOrPath;
    }

    /// <summary>The model of a name.</summary>
    /// <param name="name">Such as <c>base</c>.</param>
    /// <returns>The model.</returns>
    /// <exception cref="TaskGrainException">There is none; the message names those there are.</exception>
    public ShippedModel Get(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Find(name) is { } model)
        {
            return model;
        }

        string[] names = [.. Models().Select(known => known.Name)];
        throw new TaskGrainException(
            $"There is no shipped model '{name}' in {_folder}; "
                + (names.Length == 0 ? "there is none at all." : $"there is {string.Join(", ", names)}.")
        );
    }

    private ShippedModel? Find(string name) =>
        Models().FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.Ordinal));

    private static ShippedModel Describe(string folder)
    {
        var model = new ShippedModel(Path.GetFileName(folder), folder, Title: "", Summary: "");
        string[] lines = [.. model.Card().Split('\n').Select(line => line.Trim())];
        return model with
        {
            Title = lines.FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..] ?? model.Name,
            Summary = string.Join(
                ' ',
                lines
                    .SkipWhile(line => line.Length == 0 || line.StartsWith('#'))
                    .TakeWhile(line => line.Length > 0 && !line.StartsWith('#'))
            ),
        };
    }
}
