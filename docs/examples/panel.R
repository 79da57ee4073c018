# Outcomes of requests over the years, from a release of gongkai.
#
# Rscript docs/examples/panel.R RELEASE

arguments <- commandArgs(trailingOnly = TRUE)
if (length(arguments) != 1) {
  stop("name the folder of a release")
}
folder <- file.path(arguments[1], "csv")

read_table <- function(name) {
  read.csv(
    file.path(folder, paste0(name, ".csv")),
    encoding = "UTF-8", na.strings = "", check.names = FALSE,
    colClasses = c(region_code = "character")
  )
}

panel <- read_table("panel")
codebook <- read.csv(file.path(folder, "codebook.csv"), encoding = "UTF-8", na.strings = "")
labels <- with(codebook[codebook$table == "panel", ], setNames(label_en, column))

outcomes <- c(
  "granted", "partially_granted", "refused",
  "unavailable", "not_processed", "other"
)
flags <- paste0(outcomes, "_flagged")

# What is not a number is NA, never 0: such a report is left out of the sums.
alike <- panel[panel$requests_form %in% c(2019, 2021), ]
complete <- alike[complete.cases(alike[, outcomes]), ]
doubtful <- rowSums(complete[, flags] == "true") > 0
sure <- complete[!doubtful, ]

sums <- aggregate(sure[, outcomes], by = list(year = sure$year), FUN = sum)
print(sums)

png("outcomes_over_years.png", width = 900, height = 500)
barplot(
  t(as.matrix(sums[, outcomes])),
  names.arg = sums$year, ylab = "requests", main = "Outcomes of requests",
  legend.text = labels[outcomes], args.legend = list(x = "topleft", bty = "n")
)
invisible(dev.off())
