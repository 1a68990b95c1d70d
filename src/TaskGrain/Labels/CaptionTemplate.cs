namespace TaskGrain.Labels;

/// <summary>
/// An action category read as a caption with holes: <c>Tipping [something] with [something in it] over</c> is the
/// texts <c>Tipping </c>, <c> with </c>, <c> over</c> around the brackets <c>something</c> and <c>something in it</c>.
/// </summary>
public sealed class CaptionTemplate
{
    /// <summary>Takes a template apart. A bracket that is never closed is ordinary text.</summary>
    /// <param name="template">The template; each hole in square brackets.</param>
    public CaptionTemplate(string template)
    {
        ArgumentNullException.ThrowIfNull(template);
        var texts = new List<string>();
        var brackets = new List<string>();
        int start = 0;
        while (template.IndexOf('[', start) is var open and >= 0 && template.IndexOf(']', open) is var close and >= 0)
        {
            texts.Add(template[start..open]);
            brackets.Add(template[(open + 1)..close].Trim());
            start = close + 1;
        }

        texts.Add(template[start..]);
        Texts = texts;
        Brackets = brackets;
    }

    /// <summary>The texts around the brackets, in order: one more than there are brackets; any may be empty.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>
    /// What the brackets hold, in order, without the brackets: <c>something</c>, <c>number of</c>, <c>part</c>.
    /// </summary>
    public IReadOnlyList<string> Brackets { get; }

    /// <summary>Puts one text into each bracket.</summary>
    /// <param name="placeholders">As many texts as there are brackets, in the brackets' order.</param>
    /// <returns>The caption, with the template's own punctuation.</returns>
    /// <exception cref="ArgumentException">Their number is wrong.</exception>
    public string Fill(IReadOnlyList<string> placeholders)
    {
        ArgumentNullException.ThrowIfNull(placeholders);
        if (placeholders.Count != Brackets.Count)
        {
            throw new ArgumentException($"{Brackets.Count} brackets cannot be filled by {placeholders.Count} texts");
        }

        var caption = new System.Text.StringBuilder(Texts[0]);
        for (int i = 0; i < placeholders.Count; i++)
        {
            caption.Append(placeholders[i]).Append(Texts[i + 1]);
        }

        return caption.ToString();
    }
}
