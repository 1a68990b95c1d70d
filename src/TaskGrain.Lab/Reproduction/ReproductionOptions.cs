namespace TaskGrain.Lab.Reproduction;

/// <summary>
/// What a reproduction is made with. It is kept beside the measurements: the next slice, on this machine or another,
/// makes the same plan.
/// </summary>
internal sealed record ReproductionOptions
{
    /// <summary>How large the runs are.</summary>
    public ReproductionSize Size { get; init; } = ReproductionSize.Study;

    /// <summary>A data set's folder; null for generated clips.</summary>
    public string? Data { get; init; }

    /// <summary>The kitchenware data set's folder; null for generated clips, beside a generated source set.</summary>
    public string? Kitchenware { get; init; }

    /// <summary>The parts to make.</summary>
    public IReadOnlyList<PaperPart> Parts { get; init; } = PaperParts.All;

    /// <summary>Training seeds: 1, 2, 3 ….</summary>
    public int Seeds { get; init; } = 5;

    /// <summary>Seed of generated sets.</summary>
    public ulong DataSeed { get; init; } = 1;

    /// <summary>Clips of the generated source set; null for the size's own.</summary>
    public int? Clips { get; init; }

    /// <summary>Values over the size's own.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    /// <summary>Real sets that features are carried over to, besides kitchenware.</summary>
    public IReadOnlyList<RealTarget> Real { get; init; } = [];

    /// <summary>
    /// The command that makes the measurements again, in one slice or several; folders of the machine at hand are
    /// named by their last part.
    /// </summary>
    public string ToCommand()
    {
        List<string> words =
        [
            "taskgrain reproduce all --out reproduction",
            $"--size {Size.ToString().ToLowerInvariant()}",
            $"--seeds {Seeds}",
            $"--only {string.Join(',', Parts.Select(PaperParts.Name))}",
        ];
        words.AddRange(Data is null ? [$"--seed {DataSeed}"] : [$"--data {NameOf(Data)}"]);
        words.AddRange(Clips is { } clips ? [$"--clips {clips}"] : []);
        words.AddRange(Kitchenware is null ? [] : [$"--kitchenware {NameOf(Kitchenware)}"]);
        words.AddRange(Real.Select(target => $"--real {target.ToWords()}"));
        words.AddRange(Settings.Select(setting => $"--set {setting}"));
        return string.Join(' ', words);
    }

    /// <summary>The same for people to read, without the machine's folders.</summary>
    public ReproductionOptions WithoutFolders() =>
        this with
        {
            Data = NameOf(Data),
            Kitchenware = NameOf(Kitchenware),
            Real = [.. Real.Select(target => target.WithoutFolders())],
        };

    /// <summary>Checks the values.</summary>
    /// <exception cref="TaskGrainException">Lists every fault.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Seeds is < 1 or > 1000)
        {
            faults.Add($"{Seeds} seeds are not from 1 to 1000");
        }

        if (Clips is < 100)
        {
            faults.Add($"a study on {Clips} clips decides nothing; take at least 100");
        }

        if (Clips is not null && Data is not null)
        {
            faults.Add("a number of clips is for generated sets; a data set has its own");
        }

        if (Parts.Count == 0)
        {
            faults.Add("there is nothing to make without a part");
        }

        foreach (string? folder in new[] { Data, Kitchenware }.Concat(Real.Select(target => target.Folder)))
        {
            if (folder is not null && !Directory.Exists(folder))
            {
                faults.Add($"{folder} is no folder");
            }
        }

        if (Real.DistinctBy(target => target.Name).Count() != Real.Count)
        {
            faults.Add("two real targets have the same name; rename a folder");
        }

        if (faults.Count > 0)
        {
            throw new TaskGrainException($"reproduce: {string.Join("; ", faults)}.");
        }
    }

    private static string? NameOf(string? folder) => folder is null ? null : RealTarget.Parse(folder).Name;
}
