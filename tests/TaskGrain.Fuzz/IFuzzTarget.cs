using TaskGrain.Runtime;

namespace TaskGrain.Fuzz;

/// <summary>One door through which bytes from outside come in.</summary>
internal interface IFuzzTarget
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Makes the sound inputs that mutations begin from.</summary>
    /// <param name="folder">An empty folder to keep them in.</param>
    void Prepare(string folder);

    /// <summary>Writes one mutated input.</summary>
    /// <param name="random">Every choice comes from it.</param>
    /// <param name="folder">An empty folder for the input.</param>
    /// <returns>The path to give to <see cref="Read"/>, inside the folder.</returns>
    string Write(SeededRandom random, string folder);

    /// <summary>
    /// Takes the input in as the program does. Whatever is wrong with it is a <see cref="TaskGrainException"/> whose
    /// message begins with the path; any other exception is a finding.
    /// </summary>
    void Read(string path);
}
