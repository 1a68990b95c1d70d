namespace TaskGrain.Labels;

/// <summary>Makes a data set of a folder of clips; see <see cref="ClassFolderScan"/> for what is read.</summary>
internal sealed class ClassFolderReader(string folder, DataSetOptions options)
{
    private readonly DataSetBuilder _builder = new();

    /// <summary>
    /// Reads the folder; null when it holds no clip in a class folder and nothing that tried to be one.
    /// </summary>
    public DataSet? Read(CancellationToken cancellation)
    {
        ClassFolderScan scan = ClassFolderScan.Run(folder, _builder, cancellation);
        return scan.Clips.Count == 0 && _builder.LeftOut == 0 ? null : Build(scan);
    }

    private DataSet Build(ClassFolderScan scan)
    {
        Taxonomy taxonomy = TaxonomyOf([
            .. scan.Clips.Select(clip => clip.Class).Distinct().Order().Select(i => scan.Classes[i]),
        ]);
        foreach (var clips in scan.Clips.GroupBy(clip => clip.Class))
        {
            taxonomy.TryFindCategory(scan.Classes[clips.Key], out int category);
            string[] undecided = [.. clips.Where(clip => clip.Split is null).Select(clip => clip.Path)];
            Dictionary<string, Split> drawn = StratifiedSplit.Draw(undecided, options);
            foreach (FoundClip clip in clips)
            {
                var annotation = new Annotation
                {
                    Id = clip.Path,
                    Split = clip.Split ?? drawn[clip.Path],
                    Media = clip.Path,
                    Category = category,
                };
                _builder.Keep(annotation, new RecordPlace(clip.Path, 1, null));
            }
        }

        return _builder.Build(Path.GetFileName(folder), taxonomy, folder);
    }

    /// <summary>Classes that are all known by name keep their known groups; others have none.</summary>
    private static Taxonomy TaxonomyOf(string[] classes)
    {
        foreach (Taxonomy known in new[] { Taxonomy.Kitchenware, Taxonomy.SomethingSomething })
        {
            if (classes.Length > 0 && Array.TrueForAll(classes, name => known.TryFindCategory(name, out _)))
            {
                string[] ordered =
                [
                    .. known.Categories.Where(category =>
                        Array.Exists(classes, name => Taxonomy.Key(name) == Taxonomy.Key(category))
                    ),
                ];
                return Taxonomy.Grouped(ordered, known);
            }
        }

        return Taxonomy.Flat(classes);
    }
}
