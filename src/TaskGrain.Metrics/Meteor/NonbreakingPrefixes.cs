using System.Collections.Frozen;

namespace TaskGrain.Metrics;

/// <summary>English abbreviations whose final dot METEOR's normalisation leaves on the word.</summary>
internal static class NonbreakingPrefixes
{
    private static readonly FrozenSet<string> Any = (
        "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z "
        + "Adj Adm Adv Asst Bart Bldg Brig Bros Capt Cmdr Col Comdr Con Corp Cpl DR Dr Drs Ens Gen Gov Hon Hr Hosp "
        + "Insp Lt "
        + "MM MR MRS MS Maj Messrs Mlle Mme Mr Mrs Ms Msgr Op Ord Pfc Ph Prof Pvt Rep Reps Res Rev Rt Sen Sens Sfc "
        + "Sgt Sr "
        + "St Supt Surg v vs i.e rev e.g Nos Nr"
    )
        .Split(' ')
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> BeforeNumber = FrozenSet.Create(
        StringComparer.Ordinal,
        "No",
        "Art",
        "pp"
    );

    /// <summary>Whether the dot stays whatever follows.</summary>
    public static bool Contains(string word) => Any.Contains(word);

    /// <summary>Whether the dot stays when a number follows.</summary>
    public static bool ContainsBeforeNumber(string word) => BeforeNumber.Contains(word);
}
