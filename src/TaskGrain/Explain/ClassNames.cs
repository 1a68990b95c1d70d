namespace TaskGrain.Explain;

/// <summary>Finds classes by what people call them.</summary>
internal static class ClassNames
{
    private const int MostNamed = 5;

    /// <summary>The class that a name means.</summary>
    /// <param name="classes">All classes.</param>
    /// <param name="name">A class's name or a part that only one has; case and brackets do not matter.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="TaskGrainException">None or several fit; the message names some.</exception>
    public static int Find(IReadOnlyList<string> classes, string name)
    {
        string wanted = Plain(name);
        string[] plain = [.. classes.Select(Plain)];
        int[] found = Matching(text => text == wanted);
        if (found.Length == 0 && wanted.Length > 0)
        {
            found = Matching(text => text.Contains(wanted, StringComparison.Ordinal));
        }

        if (found.Length == 1)
        {
            return found[0];
        }

        if (found.Length == 0)
        {
            string nearest = Nearest(classes, plain, wanted);
            throw new TaskGrainException(
                $"'{name}' is none of the model's {classes.Count} classes, such as '{nearest}'."
            );
        }

        string more = found.Length > MostNamed ? ", …" : "";
        string some = string.Join(", ", found.Take(MostNamed).Select(at => $"'{classes[at]}'")) + more;
        throw new TaskGrainException(
            $"'{name}' is in the names of {found.Length} classes: {some}; give more of the name."
        );

        int[] Matching(Func<string, bool> fits) => [.. Enumerable.Range(0, plain.Length).Where(at => fits(plain[at]))];
    }

    private static string Plain(string name) =>
        new([.. name.Trim().ToLowerInvariant().Where(letter => letter is not ('[' or ']'))]);

    // The class that shares most words.
    private static string Nearest(IReadOnlyList<string> classes, string[] plain, string wanted)
    {
        string[] words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return classes[Enumerable.Range(0, classes.Count).MaxBy(at => words.Count(plain[at].Split(' ').Contains))];
    }
}
