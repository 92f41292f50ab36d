extension String {
    /// The same without where on this machine files lie: visitors are told their names.
    package var withoutFolders: String {
        split(separator: " ", omittingEmptySubsequences: false).map { word in
            let opening = word.prefix { "(“\"'".contains($0) }
            guard word.dropFirst(opening.count).hasPrefix("/"), let slash = word.lastIndex(of: "/") else { return word }
            return opening + word[word.index(after: slash)...]
        }.joined(separator: " ")
    }
}
